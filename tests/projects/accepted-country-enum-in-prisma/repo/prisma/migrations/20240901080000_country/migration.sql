-- CreateEnum
CREATE TYPE "Country" AS ENUM ('CA', 'US');

-- AlterTable
ALTER TABLE "FlinksConnection" ADD COLUMN "country" "Country" NOT NULL;
