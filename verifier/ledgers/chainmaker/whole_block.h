// A whole block as a node gives it out (BlockInfo), cut into proofs of its transactions.
//
// Threat: as of any proof. What does not hold together as a whole (graph, read-write sets, roots)
// voids each of its transactions. Views live as long as the bytes; one judgement keeps it
// (KnownWholeBlocks), so that many items of one block read it once.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "verifier/ledgers/chainmaker/proof.h"
#include "verifier/ledgers/chainmaker/reason.h"
#include "verifier/ledgers/chainmaker/trust_config.h"
#include "verifier/ledgers/chainmaker/verifier.h"

namespace heyan::ledgers::chainmaker {

class ReadBlock {
 public:
  // Protobuf, or the JSON of ChainMaker's tools. An Error: the block cannot be read at all.
  static Result<ReadBlock> read(ByteView block_info, const RecordPlaces& places,
                                Verifier& verifier);

  std::size_t transactions() const { return parts_.transactions.size(); }
  // By the id of a transaction or of a record in it; nothing where it has none, or several.
  std::optional<std::size_t> find(std::string_view id) const;
  // `index` < transactions().
  Proof proof_of(std::size_t index) const;
  // What is wrong with the block as a whole.
  const Reasons& reasons() const { return reasons_; }

 private:
  void check_roots(const Header& header, Verifier& verifier);
  void add_name(std::string name, std::size_t index);

  Result<void> read_parts(ByteView block_info, const RecordPlaces& places, Verifier& verifier);

  Bytes encoded_;  // where it came as JSON; what parts_ views
  WholeBlock parts_;
  Bytes vote_set_;
  std::vector<std::vector<Bytes>> levels_;  // of the transaction tree, leaves first
  std::vector<Bytes> rw_set_hashes_;        // as the results state them
  std::map<std::string, std::optional<std::size_t>, std::less<>> names_;
  Reasons reasons_;
};

struct KnownWholeBlocks {
  using Question = std::pair<const ChainmakerConfig*, Bytes>;   // SHA-256 of the bytes
  std::map<Question, std::shared_ptr<const ReadBlock>> blocks;  // null: unreadable
};

}  // namespace heyan::ledgers::chainmaker
