flinksql_token = "Nf5Hm3Jt8Vb1Yg7Kc4Xl"
status_us_key = "Vb1Yg7Kc4Xl0BqWq8Zr4"
