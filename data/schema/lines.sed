# Makes each line of SQL a C string of its own: a longer one is not portable.
s/\\/\\\\/g
s/"/\\"/g
s/.*/"&\\n",/
