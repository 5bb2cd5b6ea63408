// The fixed words around the catalogue's sentences: headings and field names, Chinese and English.
//
// Internal to verifier/report. Pure, any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "schemas/catalogue/catalogue.h"

namespace heyan::report {

enum class Label : std::uint8_t {
  kTitle,
  kSampleNotice,
  kNoTrustList,
  kNumber,
  kAsOf,
  kCourt,
  kCase,
  kFiledAt,
  kSubmitter,
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
  kNote,
  kNextStep,
  kAbout,
  kAttestation,
  kEstablished,
  kNotEstablished,
  kPosition,
  kBlock,
  kTransaction,
  kRecord,
  kNoRecord,
  kWho,
  kWhat,
  kWhen,
  kWhere,
  kWitnesses,
  kCounted,
  kNotCounted,
  kOtherRole,
  kLinkedToParty,
  kUnlisted,
  kQuorum,
  kTime,
  kTimeDeclared,
  kNotBefore,
  kNotAfter,
  kStated,
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
};

const catalogue::Text& label(Label label);

// All of them, for the wording lint.
std::span<const catalogue::Text> labels();

}  // namespace heyan::report
