package ca.northwind.flinks;

@Entity
@Table(name = "bank_connections")
public class BankConnection {
    @Id
    private Long id;

    @Column(name = "flinks_login_id")
    private String flinksLoginId;
}
