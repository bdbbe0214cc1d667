<?php

namespace App\Entity;

use App\Repository\BankAccessRepository;
use Doctrine\ORM\Mapping as ORM;

#[ORM\Entity(repositoryClass: BankAccessRepository::class)]
#[ORM\Table(name: 'bank_access')]
class BankAccess
{
    #[ORM\Id]
    #[ORM\GeneratedValue]
    #[ORM\Column]
    private ?int $id = null;

    #[ORM\ManyToOne]
    #[ORM\JoinColumn(nullable: false)]
    private ?Company $company = null;

    #[ORM\Column(length: 36)]
    private ?string $flinksLoginId = null;
}
