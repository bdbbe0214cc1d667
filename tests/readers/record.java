package com.northwind.banking;

import jakarta.persistence.*;
import jakarta.validation.constraints.NotNull;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** People and the accounts they have connected. */
@Entity
@Table(name = "users")
class User {
    @Id
    private UUID id;

    @Column(nullable = false, unique = true)
    private String email;

    @NotNull
    @Column(length = 2)
    private String country;

    @OneToMany(mappedBy = "user")
    private List<BankConnection> connections;
}

@Entity
@Table(name = "bank_connections", uniqueConstraints = @UniqueConstraint(columnNames = {"user_id", "flinks_login_id"}))
class BankConnection {
    private static final int LONGEST = 120;

    @Id
    private UUID id;

    @ManyToOne(optional = false, fetch = FetchType.LAZY)
    @JoinColumn(name = "user_id", nullable = false)
    private User user;

    @Column(name = "flinks_login_id", nullable = false)
    private String flinksLoginId;

    @Column(length = LONGEST)
    private String institution;

    @Column(name = "created_at", nullable = false)
    private Instant createdAt;
}
