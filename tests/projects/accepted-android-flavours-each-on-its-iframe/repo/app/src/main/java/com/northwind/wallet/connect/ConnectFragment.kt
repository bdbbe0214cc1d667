package com.northwind.wallet.connect

import android.annotation.SuppressLint
import android.os.Bundle
import android.webkit.WebView
import androidx.fragment.app.Fragment
import com.northwind.wallet.BuildConfig

class ConnectFragment : Fragment() {
    private val connectUrl = "${BuildConfig.FLINKS_IFRAME_URL}?redirectUrl=$REDIRECT"

    @SuppressLint("SetJavaScriptEnabled")
    fun open(view: WebView) {
        view.settings.javaScriptEnabled = true
        view.loadUrl(connectUrl)
    }

    companion object {
        private const val REDIRECT = "northwind://connected"
    }
}
