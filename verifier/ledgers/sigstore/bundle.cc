#include "verifier/ledgers/sigstore/bundle.h"

#include "verifier/transparency/lines.h"

namespace heyan::ledgers::sigstore {
namespace {

using core::ErrorCode;
using core::fail;
using core::Result;
using core::json::Value;
using transparency::TreeHash;
using Name = std::string_view;

constexpr Name kType = "application/vnd.dev.sigstore.bundle";
constexpr std::array<Name, 4> kVersions = {"+json;version=0.1", "+json;version=0.2",
                                           "+json;version=0.3", ".v0.3+json"};
constexpr std::array<Name, 4> kBundleMembers = {"mediaType", "verificationMaterial",
                                                "messageSignature", "dsseEnvelope"};
constexpr std::array<Name, 5> kMaterialMembers = {
    "publicKey", "certificate", "x509CertificateChain", "tlogEntries", "timestampVerificationData"};
constexpr std::array<Name, 1> kKeyMembers = {"hint"};
constexpr std::array<Name, 2> kSignatureMembers = {"messageDigest", "signature"};
constexpr std::array<Name, 2> kDigestMembers = {"algorithm", "digest"};
constexpr std::array<Name, 7> kEntryMembers = {
    "logIndex",         "logId",          "kindVersion",      "integratedTime",
    "inclusionPromise", "inclusionProof", "canonicalizedBody"};
constexpr std::array<Name, 1> kLogMembers = {"keyId"};
constexpr std::array<Name, 2> kKindMembers = {"kind", "version"};
constexpr std::array<Name, 1> kPromiseMembers = {"signedEntryTimestamp"};
constexpr std::array<Name, 5> kProofMembers = {"logIndex", "rootHash", "treeSize", "hashes",
                                               "checkpoint"};
constexpr std::array<Name, 1> kCheckpointMembers = {"envelope"};

std::unexpected<core::Error> malformed(std::string_view text) {
  return fail(ErrorCode::kMalformed, text);
}

Result<std::uint64_t> read_number(const Members& members, Name name) {
  HEYAN_TRY(const Name text, members.text(name));
  const auto number = transparency::parse_decimal(text);
  if (!number) return malformed("a number is no decimal below 2^63");
  return *number;
}

Result<Bytes32> read_32(const Members& members, Name name) {
  HEYAN_TRY(const core::Bytes bytes, members.base64(name));
  const auto hash = transparency::tree_hash(bytes);
  if (!hash) return malformed("a hash is not of 32 bytes");
  return *hash;
}

Result<void> read_path(const Members& proof, LogEntry& entry) {
  if (proof.find("hashes") == nullptr) return {};  // of a tree of one leaf
  HEYAN_TRY(const Value::Array* hashes, proof.array("hashes"));
  if (hashes->size() > transparency::kMaxInclusionPath)
    return fail(ErrorCode::kLimit, "the path is too long");
  for (const Value& one : *hashes) {
    const auto hash =
        one.as_string() == nullptr ? std::nullopt : transparency::parse_hash(*one.as_string());
    if (!hash) return malformed("a hash of the path is none");
    entry.path.push_back(*hash);
  }
  return {};
}

Result<void> read_proof(const Members& members, LogEntry& entry) {
  HEYAN_TRY(const Members proof, Members::of(members.find("inclusionProof"), kProofMembers));
  HEYAN_TRY(entry.index, read_number(proof, "logIndex"));
  HEYAN_TRY(entry.size, read_number(proof, "treeSize"));
  HEYAN_TRY(entry.root, read_32(proof, "rootHash"));
  HEYAN_CHECK_OK(read_path(proof, entry));
  HEYAN_TRY(const Members checkpoint, Members::of(proof.find("checkpoint"), kCheckpointMembers));
  HEYAN_TRY(entry.checkpoint, checkpoint.text("envelope"));
  return {};
}

Result<LogEntry> read_entry(const Value& value) {
  HEYAN_TRY(const Members members, Members::of(&value, kEntryMembers));
  LogEntry entry;
  HEYAN_TRY(entry.log_index, read_number(members, "logIndex"));
  HEYAN_TRY(const Members log, Members::of(members.find("logId"), kLogMembers));
  HEYAN_TRY(entry.log, read_32(log, "keyId"));
  HEYAN_TRY(const Members kind, Members::of(members.find("kindVersion"), kKindMembers));
  HEYAN_TRY(entry.kind, kind.text("kind"));
  HEYAN_TRY(entry.version, kind.text("version"));
  if (members.find("integratedTime") != nullptr) {
    HEYAN_TRY(entry.integrated_seconds, read_number(members, "integratedTime"));
  }
  if (const Value* value_of_promise = members.find("inclusionPromise")) {
    HEYAN_TRY(const Members promise, Members::of(value_of_promise, kPromiseMembers));
    HEYAN_TRY(entry.promise, promise.base64("signedEntryTimestamp"));
    if (entry.promise.empty()) return malformed("an empty promise");
  }
  HEYAN_CHECK_OK(read_proof(members, entry));
  HEYAN_TRY(entry.body, members.base64("canonicalizedBody"));
  return entry;
}

Result<void> read_material(const Value* value, Bundle& bundle) {
  HEYAN_TRY(const Members material, Members::of(value, kMaterialMembers));
  if (material.find("certificate") != nullptr || material.find("x509CertificateChain") != nullptr)
    return fail(ErrorCode::kUnsupported, "signed with a certificate");
  HEYAN_TRY(const Members key, Members::of(material.find("publicKey"), kKeyMembers));
  if (key.find("hint") != nullptr) HEYAN_CHECK_OK(key.text("hint"));
  HEYAN_TRY(const Value::Array* entries, material.array("tlogEntries"));
  if (entries->empty()) return malformed("there is no entry of a log");
  if (entries->size() > 1) return fail(ErrorCode::kUnsupported, "several entries of logs");
  HEYAN_TRY(bundle.entry, read_entry(entries->front()));
  return {};
}

Result<void> read_signature(const Value* value, Bundle& bundle) {
  HEYAN_TRY(const Members members, Members::of(value, kSignatureMembers));
  HEYAN_TRY(bundle.signature, members.base64("signature"));
  HEYAN_TRY(const Members digest, Members::of(members.find("messageDigest"), kDigestMembers));
  HEYAN_TRY(const Name algorithm, digest.text("algorithm"));
  if (algorithm != "SHA2_256") return fail(ErrorCode::kUnsupported, "another digest than SHA-256");
  HEYAN_TRY(bundle.digest, read_32(digest, "digest"));
  return {};
}

Value without(const Value& object, std::span<const Name> names) {
  Value rest(Value::Object{});
  for (const auto& [name, value] : *object.as_object()) {
    if (std::ranges::find(names, name) == names.end()) rest.set(name, value);
  }
  return rest;
}

Value with_checkpoint(const Value& entry, const std::string& checkpoint) {
  static constexpr std::array<Name, 1> kProof = {"inclusionProof"};
  static constexpr std::array<Name, 1> kCheckpoint = {"checkpoint"};
  Value proof = without(*entry.find(kProof.front()), kCheckpoint);
  proof.set(kCheckpoint.front(), Value().set(kCheckpointMembers.front(), checkpoint));
  return without(entry, kProof).set(kProof.front(), std::move(proof));
}

bool is_media_type(Name text) {
  return text.starts_with(kType) &&
         std::ranges::find(kVersions, text.substr(kType.size())) != kVersions.end();
}

}  // namespace

bool looks_like_bundle(core::ByteView head) {
  const std::string_view text = core::as_text(head);
  const std::size_t first = std::min(text.find_first_not_of(" \t\r\n"), text.size());
  return text.substr(first).starts_with('{') && text.find(kType) != std::string_view::npos;
}

std::string write_signed_parts(core::ByteView bytes, const std::string& checkpoint,
                               const core::Limits& limits) {
  static constexpr std::array<Name, 1> kMaterial = {"verificationMaterial"};
  static constexpr std::array<Name, 3> kReplaced = {"publicKey", "tlogEntries",
                                                    "timestampVerificationData"};
  const auto document = core::json::parse(bytes, limits);
  if (!document) return {};
  const Value& material = *document->find(kMaterial.front());
  const Value& entry = material.find("tlogEntries")->as_array()->front();
  Value written = without(material, kReplaced);
  written.set("publicKey", Value(Value::Object{}))
      .set("tlogEntries", Value().push(with_checkpoint(entry, checkpoint)));
  return core::json::write_canonical(
      without(*document, kMaterial).set(kMaterial.front(), std::move(written)));
}

Result<Bundle> read_bundle(core::ByteView bytes, const core::Limits& limits) {
  if (bytes.size() > kBundleBytes) return fail(ErrorCode::kLimit, "the bundle is too long");
  const auto document = core::json::parse(bytes, limits);
  if (!document) return std::unexpected(document.error().error);
  HEYAN_TRY(const Members members, Members::of(&*document, kBundleMembers));
  HEYAN_TRY(const Name type, members.text("mediaType"));
  if (!is_media_type(type)) return fail(ErrorCode::kUnsupported, "a bundle of another version");
  if (members.find("dsseEnvelope") != nullptr)
    return fail(ErrorCode::kUnsupported, "an envelope is signed, and no file");
  Bundle bundle;
  HEYAN_CHECK_OK(read_material(members.find("verificationMaterial"), bundle));
  HEYAN_CHECK_OK(read_signature(members.find("messageSignature"), bundle));
  return bundle;
}

}  // namespace heyan::ledgers::sigstore
