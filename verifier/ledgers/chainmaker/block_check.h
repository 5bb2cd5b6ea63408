// Is this header a block of the chain that the trust list describes, and who signed it?
//
// Each vote is verified on its own and counts once: its key in the set, its voter, its kind,
// height, round and block, and a signer of exactly that validator. The engine's own offline check
// asks neither for the kind of a vote nor who its signer is. `sum`, `maj23` and the second copy of
// the votes are never looked at. Source: chainmaker consensus-utils, consensus-tbft (verifyVote,
// VerifyBlockSignatures). Values that own their bytes.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "verifier/ledgers/chainmaker/reason.h"
#include "verifier/ledgers/chainmaker/signers.h"

namespace heyan::ledgers::chainmaker {

enum class VoteState : std::uint8_t {
  kCounted,
  kNotThisVote,   // another kind, height or round than a precommit of this block's set
  kNil,           // for no block
  kOtherBlock,    // for another one
  kNotValidator,  // nobody of the trust list at this height, or a key that is not its voter
  kNotTrusted,    // signer is not that validator's, or not in order
  kBadSignature,
  kRepeated,   // its key in the set stands before, or the signer's key was counted already
  kSharedKey,  // one key signed for two institutions: whose signature it is, nobody can tell
};

struct SignatureCheck {
  Signer signer;
  crypto::SignatureOutcome outcome = crypto::SignatureOutcome::kInvalid;

  bool is_good() const { return outcome == crypto::SignatureOutcome::kValid; }
  // Verified, and not found good; without a key nothing is verified.
  bool is_bad() const { return signer.key && !is_good(); }
};

struct VoteCheck {
  std::string voter;  // as the set's key
  const Validator* validator = nullptr;
  SignatureCheck by;
  VoteState state = VoteState::kNotThisVote;
};

struct BlockCheck {
  Bytes header_bytes;
  Bytes vote_bytes;
  std::optional<Header> header;  // views of header_bytes; nothing where it cannot be read
  core::UtcTime time;            // of the block, by its own clock
  Bytes hash;                    // recomputed
  Reasons reasons;
  SignatureCheck proposer;
  std::vector<VoteCheck> votes;
  std::size_t needed = 0;  // votes
  std::size_t counted = 0;

  // Signed as the chain's consensus wants it, by those on the trust list.
  bool is_authentic() const;
};

// Of TBFT and DPoS: the votes needed among so many validators.
std::size_t votes_needed(std::size_t validators);

// Blocks of a judgement: items that share one pay for it once (core::Memo).
struct KnownBlocks {
  // Config, whether disagreeing signatures count, and the bytes, as views of the answer's own:
  // comparing them costs less than a digest.
  using Question = std::tuple<const ChainmakerConfig*, bool, std::string_view, std::string_view>;
  std::map<Question, std::shared_ptr<const BlockCheck>> answers;
};

// `vote_set`: value of extra_data "TBFTAddtionalDataKey"; empty where there is none.
std::shared_ptr<const BlockCheck> check_block(ByteView header, ByteView vote_set, Signers& signers,
                                              KnownBlocks& known);

}  // namespace heyan::ledgers::chainmaker
