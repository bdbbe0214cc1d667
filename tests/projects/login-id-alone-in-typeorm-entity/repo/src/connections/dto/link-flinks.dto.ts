import { IsOptional, IsString, IsUUID } from 'class-validator';

export class LinkFlinksDto {
  @IsUUID()
  loginId: string;

  @IsOptional()
  @IsString()
  institution?: string;
}
