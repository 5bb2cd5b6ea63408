#include "court_adapters/asic/filing.h"

#include <algorithm>
#include <array>
#include <functional>
#include <map>

#include "verifier/core/text.h"

namespace heyan::court_adapters::asic {
namespace {

using crypto::Hash;

// Where an object's file lies: a name of ours, with the extension where it is a plain one.
std::string path_of(std::size_t number, std::string_view name) {
  constexpr std::size_t kMostExtension = 8;
  std::string digits = std::to_string(number);
  digits.insert(0, 4 - std::min<std::size_t>(digits.size(), 4), '0');
  std::string path = "objects/" + digits;
  const std::size_t dot = name.rfind('.');
  if (dot == std::string_view::npos || name.substr(dot).contains('/')) return path;
  std::string extension(name.substr(dot + 1));
  for (char& c : extension) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  const bool plain = std::ranges::all_of(
      extension, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); });
  if (plain && !extension.empty() && extension.size() <= kMostExtension) path += "." + extension;
  return path;
}

std::optional<v1::DigestAlgorithm> algorithm_of(Hash hash) {
  switch (hash) {
    case Hash::kSha256:
      return v1::DIGEST_ALGORITHM_SHA_256;
    case Hash::kSha384:
      return v1::DIGEST_ALGORITHM_SHA_384;
    case Hash::kSha512:
      return v1::DIGEST_ALGORITHM_SHA_512;
    case Hash::kSm3:
      return v1::DIGEST_ALGORITHM_SM3;
    default:
      return std::nullopt;
  }
}

// "CN=Court Clerk, O=Court", for people. Whatever the certificate says of itself.
std::string subject_of(const crypto::Certificate& certificate) {
  std::string text;
  for (const std::string_view attribute : {"CN", "O"}) {
    for (const std::string& value : certificate.subject_values(attribute)) {
      text += (text.empty() ? "" : ", ") + std::string(attribute) + "=" + core::visible(value);
    }
  }
  return text.empty() ? "without a name" : "\"" + text + "\"";
}

std::string signer_sentence(const Judged& judged) {
  const Signature& signature = judged.signature;
  if (!signature.certificate) return "the signer's certificate is not known";
  return "the certificate says " + subject_of(*signature.certificate) +
         (judged.trusted
              ? ", and leads to an anchor that this installation knows"
              : ", and leads to no anchor that this installation knows: whose it is, is open");
}

Remark remark_of(const Judged& judged) {
  const Signature& signature = judged.signature;
  const bool stamp = signature.kind == SignatureKind::kTimestamp;
  std::string code = stamp ? "time-stamp" : "signature";
  code += judged.intact ? "-intact" : "-not-intact";
  std::string detail = stamp ? "the time stamp" : "the signature";
  detail += judged.intact ? " fits the bytes that it covers" : " is not found intact";
  if (judged.intact && signature.time) {
    detail += ", and says " + core::format_rfc3339(*signature.time);
  }
  return {.item = {},
          .code = std::move(code),
          .pointer = core::visible(signature.entry),
          .detail = detail + "; " + signer_sentence(judged)};
}

std::string sentence_of(const Fault& fault) {
  std::string text(sentence(fault.code));
  if (!fault.source.empty()) text += " (as \"" + core::visible(fault.source) + "\" says)";
  return text;
}

Defect defect_of(const Fault& fault) {
  return {.pointer = core::visible(fault.entry),
          .code = std::string(name(fault.code)),
          .detail = sentence_of(fault)};
}

class Maker {
 public:
  explicit Maker(const Assessment& assessment) : assessment_(assessment) {}

  Filing make() {
    for (const Object& object : assessment_.objects) {
      add(object);
      items_.try_emplace(object.name, filing_.submission.evidence().rbegin()->id());
    }
    for (const Judged& judged : assessment_.signatures) {
      filing_.remarks.push_back(remark_of(judged));
    }
    for (const Fault& fault : assessment_.faults) {
      filing_.remarks.push_back({.item = item_of(fault.entry),
                                 .code = std::string(name(fault.code)),
                                 .pointer = core::visible(fault.entry),
                                 .detail = sentence_of(fault)});
    }
    return std::move(filing_);
  }

 private:
  void add(const Object& object) {
    const std::size_t number = filing_.files.size() + 1;
    v1::Item& item = *filing_.submission.add_evidence();
    item.set_id("object-" + std::to_string(number));
    item.set_name(object.name);
    item.mutable_file()->set_path(path_of(number, object.name));
    item.mutable_file()->set_size(object.size);
    for (const auto& [hash, digest] : object.signed_digests) {
      const auto algorithm = algorithm_of(hash);
      if (!algorithm) continue;
      v1::Digest& declared = *item.mutable_file()->add_digests();
      declared.set_algorithm(*algorithm);
      declared.set_value(core::to_string(digest));
    }
    const auto archive = assessment_.archive;
    const std::size_t index = object.index;
    filing_.files.push_back(
        {.path = item.file().path(),
         .from = [archive, index](const Write& write) { return archive->read(index, write); }});
    if (object.covered()) tell_cover(object, item.id());
  }

  // What the signers of a file are worth, on the file: the report has it without their names.
  void tell_cover(const Object& object, const std::string& item) {
    const auto by = [&](auto&& fits) {
      return std::ranges::any_of(object.covered_by, [&](std::size_t index) {
        return fits(assessment_.signatures[index]);
      });
    };
    const auto tell = [&](std::string_view code, std::string_view detail) {
      filing_.remarks.push_back({.item = item,
                                 .code = std::string(code),
                                 .pointer = core::visible(object.name),
                                 .detail = std::string(detail)});
    };
    const auto is_stamp = [](const Judged& one) {
      return one.signature.kind == SignatureKind::kTimestamp;
    };
    if (by(std::not_fn(is_stamp))) {
      tell("covered", "a signature that was found intact covers this file");
    }
    if (by(is_stamp)) tell("time-stamped", "a time stamp that was found intact covers this file");
    if (by([&](const Judged& one) { return one.trusted && !is_stamp(one); })) {
      tell("signer-anchored",
           "the certificate of such a signature leads to an anchor that this installation knows");
    }
  }

  std::string item_of(const std::string& entry) const {
    const auto found = items_.find(entry);
    return found == items_.end() ? std::string() : found->second;
  }

  const Assessment& assessment_;
  Filing filing_;
  std::map<std::string, std::string, std::less<>> items_;  // ids by the names of entries
};

}  // namespace

std::expected<Filing, std::vector<Defect>> filing_of(const Assessment& assessment,
                                                     const core::Limits& limits) {
  std::vector<Defect> defects;
  if (assessment.archive == nullptr || assessment.objects.empty()) {
    for (const Fault& fault : assessment.faults) defects.push_back(defect_of(fault));
  } else if (assessment.objects.size() > limits.items) {
    defects.push_back(defect_of({.code = Code::kTooLarge}));
  }
  if (!defects.empty()) return std::unexpected(std::move(defects));
  return Maker(assessment).make();
}

}  // namespace heyan::court_adapters::asic
