// Kind asic-container of topic courts: containers by court_adapters/asic.
#include <algorithm>
#include <array>

#include "court_adapters/asic/assessment.h"
#include "tests/vectors/kinds.h"
#include "verifier/contents/byte_source.h"
#include "verifier/core/time.h"

namespace heyan::vectors {

std::span<const Kind> courts_asic();

namespace {

using court_adapters::asic::Assessment;
using court_adapters::asic::Code;
using court_adapters::asic::Fault;
using court_adapters::asic::Judged;
using court_adapters::asic::SignatureKind;

struct Reason {
  Code code;
  std::string_view reason;
};
// Facts of FORMAT.md by our codes. What has no line there is reported by its own name.
constexpr std::array kReasons = {
    Reason{Code::kZipDamaged, "ZIP_DAMAGED"},
    Reason{Code::kUnsafeName, "PATH_TRAVERSAL"},
    Reason{Code::kDuplicateEntry, "DUPLICATE_ENTRY"},
    Reason{Code::kZipUnsupported, "ENCRYPTED"},
    Reason{Code::kTooLarge, "RATIO_LIMIT"},
    Reason{Code::kMimetypeNotFirst, "MIMETYPE_NOT_FIRST"},
    Reason{Code::kMimetypeCompressed, "MIMETYPE_COMPRESSED"},
    Reason{Code::kNotCovered, "NOT_COVERED"},
    Reason{Code::kTypeMismatch, "TYPE_MISMATCH"},
    Reason{Code::kNoSignature, "NO_SIGNATURE"},
    Reason{Code::kNoObject, "OBJECT_MISSING"},
    Reason{Code::kExtraObject, "EXTRA_OBJECT"},
    Reason{Code::kObjectMissing, "OBJECT_MISSING"},
    Reason{Code::kDigestMismatch, "DIGEST_MISMATCH"},
    Reason{Code::kContentMismatch, "DIGEST_MISMATCH"},
    Reason{Code::kContentMismatch, "SIGNATURE_INVALID"},
    Reason{Code::kImprintMismatch, "IMPRINT_MISMATCH"},
    Reason{Code::kSignatureInvalid, "SIGNATURE_INVALID"},
    Reason{Code::kKeySubstitution, "KEY_SUBSTITUTION"},
    Reason{Code::kSignerUnbound, "KEY_SUBSTITUTION"},
    Reason{Code::kCertificateMissing, "SIGNATURE_INVALID"},
    Reason{Code::kSignatureUnsupported, "SIGNATURE_INVALID"},
    Reason{Code::kSignatureUnreadable, "SIGNATURE_INVALID"},
    Reason{Code::kManifestUnreadable, "SIGNATURE_INVALID"},
};

std::string_view result_of(const Assessment& assessment) {
  using court_adapters::asic::Result;
  switch (assessment.result) {
    case Result::kIntact:
      return "intact";
    case Result::kWarn:
      return "warn";
    case Result::kPartial:
      return "partial";
    case Result::kInvalid:
      return "invalid";
    case Result::kNotAsic:
      break;
  }
  return "not-asic";
}

// The first that is no archive stamp: whoever made the container.
const Judged* first_signature(const Assessment& assessment) {
  const auto found = std::ranges::find_if(assessment.signatures,
                                          [](const Judged& one) { return !one.signature.archive; });
  return found == assessment.signatures.end() ? nullptr : &*found;
}

// "intact" or "invalid": do all of these hold? "" where there are none.
template <typename Wanted, typename Holds>
std::string_view state(const Assessment& assessment, Wanted wanted, Holds holds) {
  std::string_view found;
  for (const Judged& one : assessment.signatures) {
    if (!wanted(one)) continue;
    if (!holds(one)) return "invalid";
    found = "intact";
  }
  return found;
}

std::vector<std::string> not_covered(const Assessment& assessment) {
  std::vector<std::string> names;
  for (const auto& object : assessment.objects) {
    if (!object.covered()) names.push_back(object.name);
  }
  std::ranges::sort(names);
  return names;
}

bool is_about(const Assessment& assessment, const std::string& object) {
  if (assessment.result == court_adapters::asic::Result::kIntact) {
    return std::ranges::any_of(
        assessment.objects, [&](const auto& one) { return one.name == object && one.covered(); });
  }
  return std::ranges::any_of(assessment.faults,
                             [&](const Fault& fault) { return fault.entry == object; });
}

// What the case expects of each param, against what was found.
class Comparison {
 public:
  Comparison(const KindCase& one, KindResult& result) : case_(one), result_(result) {}
  void text(std::string_view param, std::string_view found) {
    if (case_.param(param) == nullptr || case_.text(param) == found) return;
    result_.wrong.push_back(std::string(param) + ": " + std::string(found));
  }
  void truth(std::string_view param, bool holds) {
    if (case_.param(param) != nullptr && !holds) result_.wrong.emplace_back(param);
  }

 private:
  const KindCase& case_;
  KindResult& result_;
};

void compare(const KindCase& one, const Assessment& assessment, KindResult& result) {
  using court_adapters::asic::name;
  const auto intact = [](const Judged& judged) { return judged.intact; };
  const Judged* const first = first_signature(assessment);
  const bool has_certificate = first != nullptr && first->signature.certificate;
  const auto names = has_certificate ? first->signature.certificate->subject_values("CN")
                                     : std::vector<std::string>();
  const bool trusted = std::ranges::all_of(assessment.signatures, [](const Judged& judged) {
    return judged.signature.archive || judged.trusted;
  });
  Comparison params(one, result);
  params.text("form", name(assessment.form));
  params.text("signer", names.empty() ? "" : names.back());
  params.text("signer_trust", first != nullptr && trusted ? "trusted" : "untrusted");
  params.truth("signatures",
               one.number("signatures") ==
                   std::ranges::count_if(assessment.signatures, [](const Judged& judged) {
                     return !judged.signature.archive;
                   }));
  params.text(
      "signature",
      state(assessment, [](const Judged& judged) { return !judged.signature.archive; }, intact));
  params.text(
      "cms_signature",
      state(
          assessment,
          [](const Judged& judged) { return judged.signature.kind == SignatureKind::kCades; },
          [](const Judged& judged) {
            return judged.signature.fault == crypto::SignerFault::kNone && judged.content_holds;
          }));
  params.text(
      "archive_timestamp",
      state(assessment, [](const Judged& judged) { return judged.signature.archive; }, intact));
  params.text("timestamp", first != nullptr && first->signature.time
                               ? core::format_rfc3339(*first->signature.time)
                               : "");
  params.truth("object", is_about(assessment, one.text("object")));
  auto expected = one.texts("not_covered");
  std::ranges::sort(expected);
  params.truth("not_covered", not_covered(assessment) == expected);
}

KindResult run_container(const KindCase& one) {
  KindResult result;
  const auto container = one.input("container");
  if (!container) {
    result.result = "no container";
    return result;
  }
  std::vector<crypto::Certificate> anchors;
  if (const auto pem = one.input("anchor")) {
    auto certificates = crypto::Certificate::list_from_pem(core::as_text(*pem));
    if (certificates) anchors = *std::move(certificates);
  }
  court_adapters::asic::Trust trust{.anchors = anchors, .at = {}};
  if (const auto clock = one.clock_ms()) trust.at = core::from_unix_ms(*clock);
  const contents::MemorySource source(*container);
  crypto::SignatureChecker checker(crypto::production_engines(), core::Limits{});
  const Assessment assessment =
      court_adapters::asic::assess(source, trust, checker, core::Limits{});
  result.result = result_of(assessment);
  for (const Fault& fault : assessment.faults) {
    bool told = false;
    for (const Reason& row : kReasons) {
      if (row.code != fault.code) continue;
      result.reasons.emplace(row.reason);
      told = true;
    }
    if (!told) result.reasons.emplace(court_adapters::asic::name(fault.code));
    result.output += fault.entry + "\n";
  }
  compare(one, assessment, result);
  return result;
}

constexpr std::array kKinds = {Kind{"asic-container", run_container}};

}  // namespace

std::span<const Kind> courts_asic() { return kKinds; }

}  // namespace heyan::vectors
