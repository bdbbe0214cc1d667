from rest_framework import serializers


class FlinksRedirectSerializer(serializers.Serializer):
    login_id = serializers.UUIDField()
    institution = serializers.CharField(required=False)
