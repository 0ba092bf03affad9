/// What programs that show a preview of a link are told of an issue's reading page, which is a page of the
/// front end and says nothing by itself.
#pragma once

#include <string>

#include "context/context.h"
#include "http/message.h"

namespace ballast::api {

/// Elements for the head of the start page; "" for any other page, and for an issue that is not published.
std::string preview_of(const delivery::Context& context, const http::Request& request);

}  // namespace ballast::api
