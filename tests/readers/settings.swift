import Foundation

// let flinksDecoy = "https://decoy-us-api.private.fin.ag/v3"
let flinksCaApiUrl: String = "https://northwind-ca-api.private.fin.ag/v3"

/// Where Flinks is: `let decoy = "https://decoy-us-api.private.fin.ag/v3"`.
enum Flinks {
    static let ca = [
        "customerId": "7d1c0b6e-52f3-4b0e-9f53-0c8b2a6e41d7",
        "secretKey": ProcessInfo.processInfo.environment["FLINKS_CA_SECRET_KEY"]!,
    ]

    static var usApiUrl: String {
        "https://\(ProcessInfo.processInfo.environment["FLINKS_US_INSTANCE"] ?? "")-api.private.fin.ag/v3"
    }

    /* static let decoy = "https://decoy-us-api.private.fin.ag/v3" */
    static func usWebhookUrl() -> String {
        _ = "https://decoy-us-api.private.fin.ag/v3"
        return "https://hooks.northwind.example" + "/flinks/us"
    }

    static let displayName = #"Northwind "two" countries"#
}
