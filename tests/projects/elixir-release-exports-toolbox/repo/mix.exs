defmodule Ledger.MixProject do
  use Mix.Project
end
