defmodule Lending.MixProject do
  use Mix.Project

  def project, do: [app: :lending, version: "0.1.0", deps: [{:req, "~> 0.5"}]]
end
