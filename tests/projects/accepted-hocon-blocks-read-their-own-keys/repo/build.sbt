name := "aldergrove-ledger"
version := "2.6.0"
scalaVersion := "2.13.15"
enablePlugins(PlayScala)
