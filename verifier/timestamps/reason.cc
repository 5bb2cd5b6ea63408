#include "verifier/timestamps/reason.h"

#include <array>

namespace heyan::timestamps {
namespace {

// In the order of the enumeration.
constexpr std::array<std::string_view, 37> kNames = {
    "TRAILING_DATA",
    "STATUS",
    "ECONTENT_TYPE",
    "TSTINFO_VERSION",
    "GENTIME_SYNTAX",
    "GENTIME_FUTURE",
    "CRITICAL_EXTENSION",
    "SIGNER_COUNT",
    "SIGNER_CERT_MISSING",
    "SIGNATURE",
    "CONTENT_TYPE_ATTR",
    "ESS_MISSING",
    "ESS_MISMATCH",
    "NO_SIGNED_ATTRIBUTES",
    "NO_SIGNED_ATTRIBUTES",
    "UNSUPPORTED",
    "CERT_EKU",
    "CERT_EKU",
    "CERT_KEY_USAGE",
    "CERT_NOT_VALID_AT_GENTIME",
    "UNTRUSTED_ISSUER",
    "REVOKED",
    "REVOKED",
    "REVOCATION_NOT_CHECKED",
    "TSA_NAME",
    "IMPRINT_ALGORITHM",
    "IMPRINT_LENGTH",
    "IMPRINT_MISMATCH",
    "NONCE",
    "POLICY_OID",
    "NOT_ACCEPTED_THEN",
    "WEAK_IMPRINT",
    "WEAK_SIGNATURE_DIGEST",
    "WEAK_KEY",
    "ENGINES_DISAGREE",
    "TOO_MANY_CHAINS",
    "NOT_PINNED",
};
static_assert(kNames.size() == static_cast<std::size_t>(Reason::kNotPinned) + 1);

}  // namespace

std::string_view name(Reason reason) { return kNames.at(static_cast<std::size_t>(reason)); }

}  // namespace heyan::timestamps
