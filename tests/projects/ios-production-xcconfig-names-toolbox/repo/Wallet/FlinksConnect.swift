import Foundation

enum FlinksConnect {
    private static let instance = Bundle.main.object(forInfoDictionaryKey: "FlinksInstance") as? String ?? ""

    static var url: URL {
        URL(string: "https://\(instance)-iframe.private.fin.ag/v2/")!
    }
}
