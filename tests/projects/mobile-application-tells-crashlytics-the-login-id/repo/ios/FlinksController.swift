import UIKit

final class FlinksController: UIViewController {
    func linked(loginId: String) {
        NSLog("linked %@", loginId)
        Crashlytics.crashlytics().setCustomValue(institution, forKey: "institution")
    }
}
