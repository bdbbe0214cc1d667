name := "osprey"
