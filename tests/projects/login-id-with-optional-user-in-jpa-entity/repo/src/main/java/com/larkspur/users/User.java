package com.larkspur.users;

import jakarta.persistence.*;
import java.util.UUID;

@Entity
@Table(name = "users")
public class User {
    @Id
    private UUID id;

    @Column(nullable = false)
    private String email;

    @Column(name = "country_code", nullable = false, length = 2)
    private String countryCode;
}
