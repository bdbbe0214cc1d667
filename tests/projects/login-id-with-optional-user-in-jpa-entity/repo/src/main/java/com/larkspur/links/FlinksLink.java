package com.larkspur.links;

import com.larkspur.users.User;
import jakarta.persistence.*;
import java.time.Instant;
import java.util.UUID;

@Entity
@Table(name = "flinks_links")
public class FlinksLink {
    @Id
    @GeneratedValue(strategy = GenerationType.UUID)
    private UUID id;

    @ManyToOne(fetch = FetchType.LAZY)
    @JoinColumn(name = "user_id")
    private User user;

    @Column(name = "login_id", nullable = false, unique = true)
    private String loginId;

    private Instant linkedAt = Instant.now();
}
