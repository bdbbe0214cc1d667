class FlinksLog {
    void Linked(string loginId) {
        _logger.LogInformation("linked {Login}", loginId.Substring(0, 4));
        _logger.LogInformation("linked {Login}", Mask(loginId));
    }
}
