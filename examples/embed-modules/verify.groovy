// Checks the output of the builds in invoker.properties: each backend and the vector kernels work on the module path.
def log = new File(basedir, 'build.log').text
def runs = (log =~ /module org\.example\.modular, (\w+) (\d[.\d]+), (\w+) kernels: ATE of the first unit (-?[\d.]+)/).collect { it.drop(1) }
assert runs*.first() == ['ejml', 'ojalgo', 'ojalgo']
assert runs*.get(2) == ['portable', 'portable', 'vector']
assert runs*.last().toSet().size() == 1
