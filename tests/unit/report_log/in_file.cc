#include "tests/unit/report_log/in_file.h"

namespace heyan::report_log {
namespace {

class InFile final : public Place {
 public:
  std::unique_ptr<sql::Database> connect() const override {
    return std::make_unique<sqlite::Database>(sqlite::Database::open(path_, kLayout).value());
  }
  core::Result<void> execute(const std::string& sql) const override {
    return connect()->execute(sql.c_str());
  }

 private:
  os::TemporaryFolder folder_;
  std::filesystem::path path_ = folder_ / "log.db";
};

}  // namespace

std::unique_ptr<Place> new_place() { return std::make_unique<InFile>(); }

}  // namespace heyan::report_log
