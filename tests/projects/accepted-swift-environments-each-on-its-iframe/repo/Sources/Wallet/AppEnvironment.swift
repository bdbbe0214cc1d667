import Foundation

enum AppEnvironment: String {
    case development
    case staging
    case production

    var flinksConnectURL: URL {
        switch self {
        case .development, .staging:
            return URL(string: "https://toolbox-iframe.private.fin.ag/v2/")!
        case .production:
            return URL(string: "https://northwind-ca-iframe.private.fin.ag/v2/")!
        }
    }
}
