import Foundation

struct FlinksSettings {
    let secretKey = ProcessInfo.processInfo.environment["FLINKS_SECRET_KEY"]
}
