import os

class FlinksLog {
    let logger = Logger()
    func linked(loginId: String) {
        logger.info("linked \(loginId)")
        print("linked \(loginId.prefix(4)) \(loginId.isEmpty)")
    }
}
