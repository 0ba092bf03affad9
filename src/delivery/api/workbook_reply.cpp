#include "api/workbook_reply.h"

#include "crypto/crypto.h"

namespace ballast::api {

std::string spooled_workbook(const http::Call& call) {
    return call.context().paths.spool + "/" + crypto::random_token() + ".xlsx";
}

http::Reply workbook_reply(const std::string& path, const std::string& file) {
    auto reply = http::Reply::download(path, file, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
    reply.remove_file = true;
    return reply;
}

}  // namespace ballast::api
