defmodule Larch.MixProject do
  use Mix.Project

  def project, do: [app: :larch, version: "0.1.0"]
end
