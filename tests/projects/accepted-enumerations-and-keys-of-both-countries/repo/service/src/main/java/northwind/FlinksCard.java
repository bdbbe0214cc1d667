package northwind;

import jakarta.persistence.*;
import java.util.UUID;

@Entity
class FlinksCard {
    @Id
    Long id;

    UUID flinksLoginId;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    Cell cell;
}
