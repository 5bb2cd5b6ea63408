// A connection by libpq, made again when it was lost. Only for the sources of this folder.
#pragma once

#include <libpq-fe.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "gateway/postgres/settings.h"
#include "verifier/core/error.h"

namespace heyan::postgres {

struct ClearAnswer {
  void operator()(PGresult* answer) const { PQclear(answer); }
};
using Answer = std::unique_ptr<PGresult, ClearAnswer>;

class Connection {
 public:
  // Runs on every new connection; after an error of it the connection is not used.
  using SetUp = std::function<core::Result<void>(Connection&)>;

  // kUnsupported: the server is on another machine and nobody vouches for its name.
  // Names are looked for in `schema`.
  static core::Result<std::unique_ptr<Connection>> open(Settings settings, SetUp set_up,
                                                        std::string_view schema = "heyan");
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // Connects where the connection was lost. kIo: the server stayed away.
  core::Result<void> ensure();
  bool is_lost() const { return lost_; }
  // Of this connection, other than of any before: what was prepared is gone with those.
  std::uint64_t generation() const { return generation_; }
  std::uint64_t new_number() { return ++numbers_; }
  bool in_transaction() const;
  std::uint64_t changes() const { return changes_; }

  // Any number of statements; the answer of the last.
  core::Result<Answer> ask(const std::string& sql);
  // Its only value, as text; empty where it is NULL. kInternal: it answered with no such row.
  core::Result<std::string> ask_text(const std::string& sql);
  // What libpq made of something it was asked on raw(); takes the answer.
  core::Result<Answer> checked(PGresult* answer);
  PGconn* raw() const { return connection_.get(); }

 private:
  struct Finish {
    void operator()(PGconn* connection) const { PQfinish(connection); }
  };
  Settings settings_;
  SetUp set_up_;
  std::string options_;
  std::unique_ptr<PGconn, Finish> connection_;
  std::uint64_t generation_ = 0;
  std::uint64_t numbers_ = 0;
  std::uint64_t changes_ = 0;
  bool lost_ = true;
  bool waited_in_vain_ = false;

  Connection(Settings settings, SetUp set_up, std::string_view schema);
  core::Result<void> connect();
  void tell(bool there) const;
};

}  // namespace heyan::postgres
