import Foundation
import SwiftData

/// A bank that was linked with Flinks Connect.
@Model
final class LinkedBank {
    @Attribute(.unique) var loginId: String
    var institution: String?
    var country: String
    var linkedAt: Date

    init(loginId: String, country: String) {
        self.loginId = loginId
        self.country = country
        self.linkedAt = .now
    }
}
