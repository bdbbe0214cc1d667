class ConnectController < ApplicationController
  def show
    gon.flinks_secret_key = ENV["FLINKS_SECRET_KEY"]
    gon.push(flinks_api_key: ENV["FLINKS_API_KEY"])
  end

  def config
    render json: { iframe: ENV["FLINKS_IFRAME_URL"], secret_key: Rails.application.credentials.flinks[:secret_key] }
  end

  def ok
    render json: { authorize_token: Flinks.authorize(ENV["FLINKS_SECRET_KEY"]) }
  end
end
