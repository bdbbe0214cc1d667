package com.northwind

import com.google.firebase.crashlytics.FirebaseCrashlytics

class FlinksFragment {
    fun onLinked(loginId: String) {
        FirebaseCrashlytics.getInstance().setCustomKey("login", loginId)
        analytics.logEvent("linked", mapOf("login_id" to loginId))
    }
}
