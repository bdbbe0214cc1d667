package com.larkspur.links;

import jakarta.validation.constraints.NotNull;

public record LinkFlinksRequest(@NotNull String loginId, String institution) {}
