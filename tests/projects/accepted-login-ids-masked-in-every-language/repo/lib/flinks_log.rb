class FlinksLog
  def linked(login_id)
    Rails.logger.info("linked #{login_id[0, 4]} #{login_id.present?}")
    Rails.logger.info("linked #{Digest::SHA256.hexdigest(login_id)}")
  end
end
