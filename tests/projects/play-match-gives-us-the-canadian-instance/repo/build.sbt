lazy val root = (project in file(".")).enablePlugins(PlayScala).settings(name := "northwind", scalaVersion := "3.3.6")
