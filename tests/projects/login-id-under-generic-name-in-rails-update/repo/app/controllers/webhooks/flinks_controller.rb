module Webhooks
  class FlinksController < ActionController::API
    def create
      link = BankLink.find_by!(user_id: params[:Tag])
      link.update!(vendor_ref: params.dig("Login", "Id"))
      head :no_content
    end
  end
end
