#include "court_adapters/asic/assessment.h"

#include <algorithm>

#include "court_adapters/asic/coverage.h"
#include "court_adapters/asic/form.h"
#include "court_adapters/asic/package.h"
#include "court_adapters/asic/signatures.h"
#include "verifier/crypto/weak_keys.h"

namespace heyan::court_adapters::asic {
namespace {

using crypto::SignerFault;

Code code_of(SignerFault fault) {
  switch (fault) {
    case SignerFault::kNone:
    case SignerFault::kInvalid:
      return Code::kSignatureInvalid;
    case SignerFault::kUnsupported:
    case SignerFault::kWeakDigest:
    case SignerFault::kNoAttributes:
    case SignerFault::kOtherContentType:
      return Code::kSignatureUnsupported;
    case SignerFault::kNoCertificate:
      return Code::kCertificateMissing;
    case SignerFault::kUnbound:
      return Code::kSignerUnbound;
    case SignerFault::kOtherCertificate:
      return Code::kKeySubstitution;
    case SignerFault::kContentDiffers:
      return Code::kContentMismatch;
    case SignerFault::kUndecided:
      break;
  }
  return Code::kUndecided;
}

Code code_of(Fit fit, Code differs) {
  switch (fit) {
    case Fit::kFits:
    case Fit::kDiffers:
      return differs;
    case Fit::kMissing:
      return Code::kObjectMissing;
    case Fit::kUnsupported:
      return Code::kSignatureUnsupported;
    case Fit::kDamaged:
      return Code::kZipDamaged;
    case Fit::kUndecided:
      break;
  }
  return Code::kUndecided;
}

class Judge {
 public:
  Judge(Package& package, std::vector<Signature> signatures, crypto::SignatureChecker& checker,
        Assessment& assessment)
      : coverage_(package, signatures, checker), assessment_(assessment) {
    for (const Entry& entry : package.entries()) {
      if (entry.kind != EntryKind::kObject) continue;
      objects_.emplace(entry.name, assessment.objects.size());
      assessment.objects.push_back({.name = entry.name, .size = entry.size, .index = entry.index});
    }
    for (Signature& one : signatures)
      assessment.signatures.push_back({.signature = std::move(one)});
  }

  void judge_all() {
    for (Judged& one : assessment_.signatures) judge_content(one);
    for (const Judged& one : assessment_.signatures) note_renewals(one);
    for (Judged& one : assessment_.signatures) judge_references(one);
    for (const Object& object : assessment_.objects) {
      if (!object.covered()) blame(Code::kNotCovered, Weight::kPart, object.name, "");
    }
  }

 private:
  void blame(Code code, Weight weight, const std::string& entry, const std::string& source) {
    if (assessment_.faults.size() >= kMostFaults && weight <= heaviest_) return;
    heaviest_ = std::max(heaviest_, weight);
    assessment_.faults.push_back(
        {.code = code, .weight = weight, .entry = entry, .source = source});
  }
  static Weight weight_of(const Signature& signature) {
    return signature.archive ? Weight::kPart : Weight::kWhole;
  }

  // The signature itself, and what it is directly of.
  void judge_content(Judged& judged) {
    Signature& signature = judged.signature;
    const bool key_holds = signature.fault == SignerFault::kNone;
    if (!key_holds) {
      blame(code_of(signature.fault), weight_of(signature), signature.entry, signature.manifest);
    }
    if (key_holds && crypto::is_weak(signature.certificate->key())) {
      blame(Code::kWeakKey, Weight::kNote, signature.entry, signature.manifest);
    }
    judged.content_holds = true;
    if (!signature.content) return;
    Reference& content = *signature.content;
    if (content.name.empty()) name_object(content);
    const Fit fit = content.name.empty() ? Fit::kMissing : coverage_.fit(content);
    judged.content_holds = fit == Fit::kFits;
    if (!judged.content_holds && content.hash) {
      const bool stamp = signature.kind == SignatureKind::kTimestamp;
      blame(code_of(fit, stamp ? Code::kImprintMismatch : Code::kContentMismatch),
            weight_of(signature), content.name, signature.entry);
    }
    if (!key_holds || !signature.manifest.empty()) return;
    note_digest(content);
    if (judged.content_holds) cover(content, judged);
  }

  // ASiC-S does not name the object: it is the one with the digest, or else the first.
  void name_object(Reference& content) const {
    if (const Entry* const entry = coverage_.object_of(content)) {
      content.name = entry->name;
    } else if (!assessment_.objects.empty()) {
      content.name = assessment_.objects.front().name;
    }
  }

  void judge_references(Judged& judged) {
    const Signature& signature = judged.signature;
    const bool counts = signature.fault == SignerFault::kNone && judged.content_holds;
    const std::string& source = signature.manifest.empty() ? signature.entry : signature.manifest;
    bool all = true;
    for (const Reference& reference : signature.references) {
      if (counts && !signature.archive) note_digest(reference);
      const Fit fit = coverage_.fit(reference);
      if (fit == Fit::kFits) continue;
      all = false;
      if (signature.archive && fit == Fit::kDiffers && is_renewed(signature, reference)) {
        blame(Code::kRenewedStampNotJudged, Weight::kNote, reference.name, source);
      } else {
        blame(code_of(fit, Code::kDigestMismatch), weight_of(signature), reference.name, source);
      }
    }
    judged.intact = counts && all;
    if (!judged.intact || signature.archive) return;
    for (const Reference& reference : signature.references) cover(reference, judged);
  }

  // A signature file may grow after it was stamped; then a later archive stamp covers it as it is.
  // What it was before is gone: that it only grew cannot be told from a file put in its place, so
  // the older stamp is neither wrong nor intact.
  static bool may_grow(const Reference& reference) {
    const EntryKind kind = kind_of(reference.name);
    return kind == EntryKind::kCmsSignature || kind == EntryKind::kTimestamp;
  }
  void note_renewals(const Judged& judged) {
    const Signature& signature = judged.signature;
    if (!signature.archive || !signature.time || signature.fault != SignerFault::kNone ||
        !judged.content_holds ||
        !std::ranges::all_of(signature.references, [&](const Reference& reference) {
          return coverage_.fit(reference) == Fit::kFits;
        })) {
      return;
    }
    for (const Reference& reference : signature.references) {
      if (!may_grow(reference)) continue;
      core::UtcTime& latest = renewed_.try_emplace(reference.name, *signature.time).first->second;
      latest = std::max(latest, *signature.time);
    }
  }
  bool is_renewed(const Signature& signature, const Reference& reference) const {
    const auto found = renewed_.find(reference.name);
    return may_grow(reference) && found != renewed_.end() && signature.time &&
           found->second > *signature.time;
  }

  Object* object_of(const Reference& reference) {
    const auto found = objects_.find(reference.name);
    return found == objects_.end() ? nullptr : &assessment_.objects[found->second];
  }
  void note_digest(const Reference& reference) {
    Object* const object = object_of(reference);
    if (object == nullptr || !reference.hash) return;
    core::Bytes& digest = object->signed_digests[*reference.hash];
    // Whoever changed a file can sign it anew: that must not hide what was signed before.
    if (digest.empty() || coverage_.fit(reference) == Fit::kDiffers) digest = reference.digest;
  }
  void cover(const Reference& reference, const Judged& judged) {
    Object* const object = object_of(reference);
    if (object == nullptr) return;
    object->covered_by.push_back(static_cast<std::size_t>(&judged - assessment_.signatures.data()));
  }

  Coverage coverage_;
  Assessment& assessment_;
  Weight heaviest_ = Weight::kNote;
  std::map<std::string, core::UtcTime, std::less<>> renewed_;  // when last, by name of the entry
  std::map<std::string, std::size_t, std::less<>> objects_;    // by name, in assessment_.objects
};

void judge_trust(const Trust& trust, crypto::SignatureChecker& checker, const core::Limits& limits,
                 Judged& judged) {
  if (!trust.at || !judged.signature.certificate) return;
  if (crypto::is_weak(judged.signature.certificate->key())) return;
  std::vector<crypto::Certificate> between = judged.signature.certificates;
  std::erase_if(between, [](const auto& one) { return crypto::is_weak(one.key()); });
  const crypto::Chain chain = crypto::verify_chain(*judged.signature.certificate, trust.anchors,
                                                   between, *trust.at, checker, limits);
  judged.trusted = chain.fault == crypto::ChainFault::kNone;
}

Result result_of(const std::vector<Fault>& faults) {
  Result result = Result::kIntact;
  for (const Fault& fault : faults) {
    switch (fault.weight) {
      case Weight::kNote:
        break;
      case Weight::kForm:
        result = std::max(result, Result::kWarn);
        break;
      case Weight::kPart:
        result = std::max(result, Result::kPartial);
        break;
      case Weight::kWhole:
        result = std::max(result, Result::kInvalid);
        break;
    }
  }
  return result;
}

}  // namespace

std::string_view name(Form form) {
  switch (form) {
    case Form::kUnknown:
      break;
    case Form::kSimpleXades:
      return "ASiC-S XAdES";
    case Form::kSimpleCades:
      return "ASiC-S CAdES";
    case Form::kSimpleTimestamp:
      return "ASiC-S timestamp";
    case Form::kExtendedXades:
      return "ASiC-E XAdES";
    case Form::kExtendedCades:
      return "ASiC-E CAdES";
    case Form::kExtendedTimestamp:
      return "ASiC-E timestamp";
  }
  return {};
}

Assessment assess(const contents::ByteSource& source, const Trust& trust,
                  crypto::SignatureChecker& checker, const core::Limits& limits) {
  Assessment assessment;
  auto package = Package::open(source, limits);
  if (!package) {
    assessment.faults.push_back(package.error());
    if (package.error().code != Code::kNotAsic) assessment.result = Result::kInvalid;
    return assessment;
  }
  auto layout = layout_of(*package);
  if (!layout) {
    assessment.faults.push_back({.code = Code::kNotAsic});
    return assessment;
  }
  assessment.faults = std::move(layout->faults);
  assessment.form = form_of(*package, layout->simple);
  assessment.archive = package->archive();
  auto signatures = read_signatures(*package, layout->simple, checker, limits, assessment.faults);
  const bool signed_at_all =
      std::ranges::any_of(signatures, [](const Signature& one) { return !one.archive; });
  Judge(*package, std::move(signatures), checker, assessment).judge_all();
  if (!signed_at_all) assessment.faults.push_back({.code = Code::kNoSignature});
  if (assessment.objects.empty()) assessment.faults.push_back({.code = Code::kNoObject});
  for (Judged& one : assessment.signatures) judge_trust(trust, checker, limits, one);
  assessment.result = result_of(assessment.faults);
  return assessment;
}

}  // namespace heyan::court_adapters::asic
