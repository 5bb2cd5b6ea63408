#include "verifier/ledgers/opentimestamps/reason.h"

namespace heyan::ledgers::opentimestamps {

std::string_view name(Reason reason) {
  switch (reason) {
    case Reason::kParse:
      return "PARSE";
    case Reason::kDocumentMismatch:
      return "DOCUMENT_MISMATCH";
    case Reason::kRootMismatch:
      return "ROOT_MISMATCH";
    case Reason::kMessageLength:
      return "MESSAGE_LENGTH";
    case Reason::kHeaderUnknown:
      return "HEADER_UNKNOWN";
    case Reason::kHeaderTarget:
      return "HEADER_TARGET";
    case Reason::kHeaderWork:
      return "HEADER_WORK";
    case Reason::kHeaderPeriod:
      return "HEADER_PERIOD";
    case Reason::kHeaderNotOnChain:
      return "HEADER_NOT_ON_CHAIN";
    case Reason::kHeaderTime:
      return "HEADER_TIME";
    case Reason::kLink:
      return "LINK";
    case Reason::kPending:
      return "PENDING_ATTESTATION";
    case Reason::kUnsupported:
      return "UNSUPPORTED_ATTESTATION";
    case Reason::kWeakDigest:
      return "WEAK_DIGEST";
  }
  return "";
}

}  // namespace heyan::ledgers::opentimestamps
