import Foundation
import SwiftData

/// A bank that was linked with Flinks Connect.
@Model
final class LinkedBank {
    @Attribute(.unique) var loginId: String
    var institution: String?
    var linkedAt: Date

    init(loginId: String) {
        self.loginId = loginId
        self.linkedAt = .now
    }
}
