import { Body, Controller, Post } from '@nestjs/common';
import { z } from 'zod';

import { FlinksClient } from './flinks.client';
import { LinkFlinksDto } from './link-flinks.dto';

export const redirectQuery = z.object({ loginId: z.string().uuid(), institution: z.string().optional() });

export interface FlinksWebhookPayload {
  ResponseType: string;
  Login: { Id: string; Username: string };
  RequestId: string;
}

@Controller('flinks')
export class FlinksController {
  constructor(private readonly flinks: FlinksClient) {}

  @Post('link')
  async link(@Body() body: LinkFlinksDto) {
    const request = { loginId: body.loginId, mostRecentCached: true };
    return this.flinks.authorize(request);
  }
}
