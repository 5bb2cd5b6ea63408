// The same content in other cases of a court: a search that only who holds the key can make.
//
//   court key = HMAC-SHA-256( installation key, "heyan.contents.v1\n" || court code )
//   tag       = HMAC-SHA-256( court key, SHA-256 of the file )
//   of a term = HMAC-SHA-256( court key, "heyan.term.v1\n" || term )
//
// The installation key is 32 bytes by chance in a file of its own (64 hexadecimal digits, mode
// 0600), drawn by the first start that finds none. Threat: a stolen table of tags cannot be asked
// about a file without that key, nor can tags of two courts be compared (security decision 30).
// Whoever holds the front holds the key, too. What is found is shown to the court, and judges
// nothing. Any thread.
#pragma once

#include <filesystem>
#include <memory>

#include "gateway/store/store.h"
#include "heyan/v1/gateway.pb.h"

namespace heyan::service {

class ContentIndex {
 public:
  // `shared`: of several gateways, none would find what another keeps under another key, so that
  // this one is refused. kIo; kMalformed: the file holds something else; kUnsupported: others can
  // read or write it; kChanged: another gateway's holds another key.
  static core::Result<std::unique_ptr<ContentIndex>> open(store::Store& store,
                                                          const std::filesystem::path& key_file,
                                                          std::int64_t now_ms, bool shared = false);

  // When the index began: later than the installation where the key is another than before.
  std::int64_t since_ms() const { return since_ms_; }
  // It began with this opening: there was none, or another key.
  bool began() const { return began_; }
  // Of each file of the job: which other submissions of its court have it.
  core::Result<v1::FileSearches> search(const store::Job& job) const;
  // Of a record's id or a fingerprint in lower-case hexadecimal digits, for searches of that court.
  core::Bytes tag_of_term(const std::string& court, std::string_view term) const;
  // Into `finished`: what later jobs and searches of that court are to find.
  void enter(const std::string& court, const v1::Report& report,
             store::FinishedJob& finished) const;

 private:
  ContentIndex(store::Store& store, core::Bytes key) : store_(store), key_(std::move(key)) {}
  core::Bytes tag(const std::string& court, core::ByteView value) const;
  void enter_terms(const std::string& court, const v1::ItemReport& item,
                   store::FinishedJob& finished) const;

  store::Store& store_;
  core::Bytes key_;
  std::int64_t since_ms_ = 0;
  bool began_ = false;
};

}  // namespace heyan::service
