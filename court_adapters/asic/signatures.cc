#include "court_adapters/asic/signatures.h"

#include <iterator>
#include <set>

#include "court_adapters/asic/manifest.h"
#include "court_adapters/asic/xml_signature.h"
#include "verifier/crypto/timestamp.h"
#include "verifier/crypto/weak_keys.h"

namespace heyan::court_adapters::asic {
namespace {

class Collector {
 public:
  Collector(Package& package, crypto::SignatureChecker& checker, const core::Limits& limits,
            std::vector<Fault>& faults)
      : package_(package), checker_(checker), limits_(limits), faults_(faults) {}

  void read_all(bool simple) {
    for (const Entry& entry : package_.entries()) {
      const bool read = entry.kind == EntryKind::kXmlSignatures ||
                        entry.kind == EntryKind::kManifest ||
                        entry.kind == EntryKind::kArchiveManifest;
      if (read && may_look(entry)) read_one(entry);
      if (entry.kind == EntryKind::kEvidenceRecord && may_look(entry)) {
        blame(Code::kEvidenceRecord, Weight::kForm, entry.name, "");
      }
    }
    for (const Entry& entry : package_.entries()) {
      const bool alone =
          entry.kind == EntryKind::kCmsSignature || entry.kind == EntryKind::kTimestamp;
      if (!alone || paired_.contains(entry.name) || !may_look(entry)) continue;
      if (simple) {
        read_binary(entry, {.entry = entry.name}, Reference{});
      } else {
        blame(Code::kSignatureUnreferenced, Weight::kForm, entry.name, "");
      }
    }
  }

  std::vector<Signature> found;

 private:
  void blame(Code code, Weight weight, const std::string& entry, const std::string& source) {
    faults_.push_back({.code = code, .weight = weight, .entry = entry, .source = source});
  }

  // False from the first one on that is beyond the limits.
  bool may_look(const Entry& entry) {
    if (full_) return false;
    if (++looked_ > kMostSignatureFiles) too_many(entry.name);
    return !full_;
  }

  void too_many(const std::string& source) {
    if (!full_) blame(Code::kUndecided, Weight::kWhole, "", source);
    full_ = true;
  }

  void keep(Signature signature) {
    if (found.size() == kMostSignatures) {
      too_many(signature.entry);
    } else {
      found.push_back(std::move(signature));
    }
  }

  void read_one(const Entry& entry) {
    if (entry.kind == EntryKind::kXmlSignatures) {
      read_xml(entry);
    } else {
      read_pair(entry, entry.kind == EntryKind::kArchiveManifest);
    }
  }

  void read_xml(const Entry& entry) {
    const auto bytes = package_.read(entry);
    auto signatures = bytes ? read_xml_signatures(*bytes, checker_, limits_, work_)
                            : std::unexpected(markup::Problem{});
    if (!signatures) {
      blame(Code::kSignatureUnreadable, Weight::kWhole, entry.name, "");
      return;
    }
    for (Signature& one : *signatures) {
      one.entry = entry.name;
      keep(std::move(one));
    }
  }

  void read_pair(const Entry& entry, bool archive) {
    const Weight weight = archive ? Weight::kPart : Weight::kWhole;
    const auto bytes = package_.read(entry);
    const auto manifest = bytes ? read_manifest(*bytes) : std::unexpected(markup::Problem{});
    if (!manifest) {
      blame(Code::kManifestUnreadable, weight, entry.name, "");
      return;
    }
    const Entry* const signature = package_.find(manifest->signature);
    if (signature == nullptr) {
      blame(Code::kObjectMissing, weight, manifest->signature, entry.name);
      return;
    }
    paired_.insert(signature->name);
    Signature begun{.entry = signature->name, .manifest = entry.name, .archive = archive};
    begun.references = manifest->references;
    read_binary(*signature, begun, Reference{.name = entry.name, .digest = {}});
  }

  // A CMS signature or a time stamp over `content`.
  void read_binary(const Entry& entry, const Signature& begun, const Reference& content) {
    const Weight weight = begun.archive ? Weight::kPart : Weight::kWhole;
    const auto bytes = package_.read(entry);
    const bool read =
        bytes && (entry.kind == EntryKind::kTimestamp
                      ? read_stamp(*bytes, begun, content)
                      : entry.kind == EntryKind::kCmsSignature && read_cms(*bytes, begun, content));
    if (!read) blame(Code::kSignatureUnreadable, weight, entry.name, begun.manifest);
  }

  bool read_stamp(core::ByteView bytes, Signature begun, Reference content) {
    const auto token = crypto::read_timestamp(bytes, checker_, limits_);
    if (!token || !token->faults.empty()) return false;
    const crypto::TimestampInfo& info = *token->info;
    if (!info.hash || crypto::is_weak(*info.hash) || *info.hash == crypto::Hash::kSha3_256)
      return false;
    begun.kind = SignatureKind::kTimestamp;
    begun.fault = token->signer.fault;
    begun.certificate = token->signer.certificate;
    begun.certificates = token->certificates;
    begun.time = info.time;
    content.hash = info.hash;
    content.digest = info.imprint;
    begun.content = std::move(content);
    keep(std::move(begun));
    return true;
  }

  bool read_cms(core::ByteView bytes, const Signature& begun, const Reference& content) {
    const auto message = crypto::read_cms(bytes, checker_, limits_);
    // Detached, as the standard has it: what it would carry is no entry.
    if (!message || message->content || message->content_type != crypto::kCmsData) return false;
    for (const crypto::CmsSigner& signer : message->signers) {
      Signature one = begun;
      one.kind = SignatureKind::kCades;
      one.fault = signer.fault;
      one.certificate = signer.certificate;
      one.certificates = message->certificates;
      one.content = content;
      if (signer.fault != crypto::SignerFault::kUnsupported) one.content->hash = signer.hash;
      one.content->digest = signer.message_digest;
      keep(std::move(one));
    }
    return true;
  }

  Package& package_;
  crypto::SignatureChecker& checker_;
  const core::Limits& limits_;
  std::vector<Fault>& faults_;
  std::set<std::string, std::less<>> paired_;
  std::size_t looked_ = 0;
  std::size_t work_ = kMostXmlWork;
  bool full_ = false;
};

}  // namespace

std::vector<Signature> read_signatures(Package& package, bool simple,
                                       crypto::SignatureChecker& checker,
                                       const core::Limits& limits, std::vector<Fault>& faults) {
  Collector collector(package, checker, limits, faults);
  collector.read_all(simple);
  return std::move(collector.found);
}

}  // namespace heyan::court_adapters::asic
