// swift-tools-version: 6.0
import PackageDescription

let package = Package(name: "Wallet", targets: [.target(name: "Wallet")])
