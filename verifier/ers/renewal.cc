#include "verifier/ers/renewal.h"

#include <algorithm>
#include <array>

#include "verifier/crypto/der.h"
#include "verifier/crypto/der_writer.h"
#include "verifier/crypto/timestamp.h"
#include "verifier/ers/record.h"

namespace heyan::ers {
namespace {

namespace der = crypto::der;
using core::Bytes;
using core::ByteView;
using core::ErrorCode;
using core::fail;
using core::Result;
using crypto::Hash;

constexpr std::uint8_t kContext0 = 0xa0;  // [0], constructed

// Content of AlgorithmIdentifier, without parameters (RFC 5754 2; GM/T 0006).
struct Identifier {
  Hash hash;
  std::string_view hex;
};
constexpr std::array kIdentifiers = {
    Identifier{Hash::kSha256, "0609608648016503040201"},
    Identifier{Hash::kSha384, "0609608648016503040202"},
    Identifier{Hash::kSha512, "0609608648016503040203"},
    Identifier{Hash::kSm3, "06082a811ccf55018311"},
};

Result<Bytes> identifier_of(Hash hash) {
  const auto row = std::ranges::find(kIdentifiers, hash, &Identifier::hash);
  if (row == kIdentifiers.end()) {
    return fail(ErrorCode::kUnsupported, "a stamp by another digest than SHA-2 or SM3");
  }
  return *core::from_hex(row->hex);
}

void append(Bytes& out, ByteView bytes) { out.insert(out.end(), bytes.begin(), bytes.end()); }

Bytes wrapped(std::uint8_t tag, ByteView content) {
  Bytes out;
  crypto::append_der(out, tag, content);
  return out;
}

Result<Hash> hash_of(const ArchiveStamp& stamp) {
  if (stamp.hash) return *stamp.hash;
  crypto::SignatureChecker checker(crypto::production_engines(), {});
  HEYAN_TRY(const crypto::TimestampToken token,
            crypto::read_timestamp(stamp.token, checker, {}, {.candidates = {}, .gm = true}));
  if (stamp.states_hash || !token.info || !token.info->hash) {
    return fail(ErrorCode::kUnsupported, "a stamp by a digest that is not known here");
  }
  return *token.info->hash;
}

Bytes chains_of(const Record& record) {
  Bytes content;
  for (const ByteView chain : record.chains_der) append(content, chain);
  return content;
}

// One that was there already stays the only one.
Result<Bytes> algorithms_with(ByteView content, Hash hash) {
  Bytes algorithms = core::to_bytes(content);
  crypto::DerReader reader(content);
  while (!reader.at_end()) {
    HEYAN_TRY(const crypto::DerValue one, reader.next(der::kSequence));
    if (crypto::hash_algorithm(one.whole) == hash) return algorithms;
  }
  HEYAN_TRY(const Bytes identifier, identifier_of(hash));
  append(algorithms, wrapped(der::kSequence, identifier));
  return algorithms;
}

}  // namespace

Result<Step> first_step(ByteView document, Hash hash) {
  HEYAN_CHECK_OK(identifier_of(hash));
  return Step{.hash = hash, .digest = crypto::digest(hash, document), .new_chain = true};
}

Result<Step> next_step(ByteView bytes, ByteView document, Hash hash) {
  HEYAN_CHECK_OK(identifier_of(hash));
  HEYAN_TRY(const Record record, read_record(bytes));
  const std::vector<ArchiveStamp>& last = record.chains.back();
  HEYAN_TRY(const Hash hash_so_far, hash_of(last.front()));
  if (hash_so_far == hash) {
    return Step{.hash = hash, .digest = crypto::digest(hash, last.back().token)};
  }
  Bytes both = crypto::digest(hash, document);
  append(both, crypto::digest(hash, wrapped(der::kSequence, chains_of(record))));
  return Step{.hash = hash, .digest = crypto::digest(hash, both), .new_chain = true};
}

Result<Hash> last_hash(ByteView bytes) {
  HEYAN_TRY(const Record record, read_record(bytes));
  return hash_of(record.chains.back().front());
}

Result<std::set<Hash>> chain_hashes(ByteView bytes) {
  HEYAN_TRY(const Record record, read_record(bytes));
  std::set<Hash> hashes;
  for (const std::vector<ArchiveStamp>& chain : record.chains) {
    HEYAN_TRY(const Hash hash, hash_of(chain.front()));
    hashes.insert(hash);
  }
  return hashes;
}

Result<Bytes> append(ByteView bytes, const Step& step, ByteView token) {
  Record record;
  if (!bytes.empty()) {
    HEYAN_TRY(record, read_record(bytes));
  } else if (!step.new_chain) {
    return fail(ErrorCode::kMalformed, "there is no stamp yet that could be renewed");
  }
  HEYAN_TRY(const Bytes identifier, identifier_of(step.hash));
  Bytes stamp_content = wrapped(kContext0, identifier);
  append(stamp_content, token);
  const Bytes stamp = wrapped(der::kSequence, stamp_content);
  Bytes chains = chains_of(record);
  if (step.new_chain) {
    append(chains, wrapped(der::kSequence, stamp));
  } else {
    crypto::DerReader last(record.chains_der.back());
    HEYAN_TRY(const crypto::DerValue chain, last.next(der::kSequence));
    Bytes longer = core::to_bytes(chain.content);
    append(longer, stamp);
    chains.resize(chains.size() - chain.whole.size());
    append(chains, wrapped(der::kSequence, longer));
  }
  HEYAN_TRY(const Bytes algorithms, algorithms_with(record.hash_algorithms, step.hash));
  Bytes content = *core::from_hex("020101");
  append(content, wrapped(der::kSequence, algorithms));
  append(content, wrapped(der::kSequence, chains));
  Bytes longer = wrapped(der::kSequence, content);
  HEYAN_CHECK_OK(read_record(longer));
  return longer;
}

}  // namespace heyan::ers
