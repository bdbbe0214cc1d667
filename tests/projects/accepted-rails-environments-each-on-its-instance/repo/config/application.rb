require_relative "boot"
require "rails/all"

module Lending
  class Application < Rails::Application
    config.load_defaults 7.1
    config.x.flinks = ActiveSupport::OrderedOptions.new
  end
end
