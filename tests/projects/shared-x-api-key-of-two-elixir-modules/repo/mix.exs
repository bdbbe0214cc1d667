defmodule Lending.MixProject do
  use Mix.Project
end
