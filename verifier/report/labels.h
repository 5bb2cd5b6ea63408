// The fixed words around the catalogue's sentences: headings and field names, Chinese and English.
//
// Internal to verifier/report. Pure, any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "heyan/v1/attestation.pb.h"
#include "heyan/v1/submission.pb.h"
#include "schemas/catalogue/catalogue.h"

namespace heyan::report {

enum class Label : std::uint8_t {
  kTitle,
  kSampleNotice,
  kNoTrustList,
  kOriginUnknown,
  kNumber,
  kAsOf,
  kCourt,
  kCase,
  kFiledAt,
  kOverall,
  kParties,
  kPartyChecked,
  kPartyNotChecked,
  kLinkedTo,
  kItems,
  kItem,
  kId,
  kName,
  kFile,
  kBytes,
  kReasons,
  kNoReasons,
  kNextStep,
  kAbout,
  // What an attestation can show (v1::Tier): never one word for two of them.
  kChainProof,
  kTimeProof,
  kOperatorAttestation,
  kUnknownTier,
  kEstablished,
  kNotEstablished,
  kPosition,
  kBlock,
  kTransaction,
  kRecord,
  kNoRecord,
  kSignedByDepositor,
  kWho,
  kWhat,
  kWhen,
  kWhere,
  kWitnesses,
  kSignatures,
  kCounted,
  kNotCounted,
  kOtherRole,
  kLinkedToParty,
  kUnlisted,
  kQuorum,
  kRecordQuorum,
  kTime,
  kTimeDeclared,
  kNotBefore,
  kNotAfter,
  kStated,
  // What an operator states and nothing proves.
  kStatedByOperator,
  kOperator,
  kChain,
  kCertificateNumber,
  kDepositor,
  kFileName,
  kFileSize,
  kDigestAlgorithm,
  kDigest,
  kDepositTime,
  kTransactionId,
  kBlockHeight,
  kReturnCode,
  kReturnMessage,
  kProves,
  kDoesNotProve,
  kStanding,
  kBasis,
  kTrustList,
  kPolicy,
  kSoftware,
  kRecheck,
  kRecheckText,
  kDeclared,
  // Words of closed lists: roles of parties, and of signers.
  kPlaintiff,
  kDefendant,
  kThirdParty,
  kAgent,
  kApplicant,
  kRespondent,
  kOtherParty,
  kEndorser,
  kOrderer,
  kCreator,
  kValidator,
  kProposer,
  kWitness,
  kInstitution,
  // The page's own.
  kSkip,
  kOtherLanguage,
  kPayload,
  kSigner,
  kSignerRole,
  kResult,
};

const catalogue::Text& label(Label label);

Label tier_label(v1::Tier tier);
// The word for what an operator states ("txId"); absent where there is none.
std::optional<Label> declared_label(std::string_view name);

// The word for a party's role, or for the role of a signer as ledgers name it ("ENDORSER"); absent
// where there is none.
std::optional<Label> role_label(v1::Role role);
std::optional<Label> signer_role_label(std::string_view role);

// All of them, for the wording lint.
std::span<const catalogue::Text> labels();

}  // namespace heyan::report
