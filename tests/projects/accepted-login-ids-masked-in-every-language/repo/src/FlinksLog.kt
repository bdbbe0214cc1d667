class FlinksLog {
    fun linked(loginId: String) {
        Timber.i("linked ${loginId.take(4)} ${loginId.hashCode()} ${loginId.isNotEmpty()}")
    }
}
