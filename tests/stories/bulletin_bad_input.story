story   what cannot be a bulletin is refused in words that help, and nothing is kept of it
given   county 513431, today 2021-06-20
user    wang     editor            513431

as      wang
UPLOAD  /api/bulletin/imports file=tests/data/bulletin/空白.txt -> 422 bulletin.file_empty
UPLOAD  /api/bulletin/imports file=tests/data/bulletin/残缺.docx -> 422 bulletin.docx_broken
UPLOAD  /api/bulletin/imports file=tests/data/bulletin/不是文字.pdf -> 422 bulletin.file_unknown
UPLOAD  /api/bulletin/imports file=tests/data/bulletin/残缺.xml -> 422 bulletin.rss_broken
GET     /api/bulletin/issues -> 200 {"total": 0}

# A page with scripts loses them, and no word.
UPLOAD  /api/bulletin/imports file=tests/data/bulletin/网页.html -> 201 {"notes": ["去掉了网页里的 2 处脚本和内嵌内容，文字没有减少。"]}
keep    issue = /issue
GET     /api/bulletin/issues/{issue} -> 200 {"number": null, "date": null, "articles": [{"headline": "卫生室建到家门口", "column": ""}]}
keep    article = /articles/0/id
GET     /api/bulletin/articles/{article} -> 200 {"body": "今年，全县新建村卫生室 12 所。\n群众说：“看病近了。”"}

# Half of it in another encoding: nothing is lost, and it says which lines to look at.
UPLOAD  /api/bulletin/imports file=tests/data/bulletin/两种编码.txt -> 201 {"notes":
        ["文件混用了两种编码：1 行是 GB18030，其余是 UTF-8，都已转换。请核对这些行。"]}

# Writing from right to left and rare characters stay as they were typed; hidden marks that turn its direction do not.
POST    /api/bulletin/issues {"masthead": "示例简报"} -> 201
keep    issue = /id
POST    /api/bulletin/issues/{issue}/articles {"headline": "𠮷村 العربية", "body": "‮倒写‬的字与 😀 都留着。", "column": "macro"} -> 201
        {"headline": "𠮷村 العربية", "body": "倒写的字与 😀 都留着。"}
GET     /api/bulletin/issues/{issue}/file?format=pdf -> 200
GET     /api/bulletin/issues/{issue}/file?format=docx -> 200
GET     /api/bulletin/issues/{issue}/pages -> 200 {"total": 2}
GET     /api/bulletin/issues/{issue}/pages/1 -> 200
GET     /api/bulletin/issues/{issue}/pages/3 -> 404 document.no_such_page
GET     /api/bulletin/issues/{issue}/pages/none -> 404
POST    /api/bulletin/issues/{issue}/actions {"action": "fly", "version": 1} -> 422 http.wrong_type
POST    /api/bulletin/issues {"date": "2021-02-30"} -> 422 date.malformed
