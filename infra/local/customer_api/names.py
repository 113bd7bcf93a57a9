"""Words to invent people, streets and clinics from; a family name with a slash has a form for women."""

from typing import Final, NamedTuple


class Words(NamedTuple):
    share: int  # how many of a hundred clinics, doctors and patients live there
    language: str
    clinic: str  # {town} stands for the town
    men: tuple[str, ...]
    women: tuple[str, ...]
    families: tuple[str, ...]
    streets: tuple[str, ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(word.strip() for word in text.split(","))


WORDS: Final[dict[str, Words]] = {
    "PL": Words(
        62,
        "pl",
        "Przychodnia {town}",
        _words(
            "Adam, Andrzej, Antoni, Bartosz, Dawid, Filip, Grzegorz, Jakub, Jan, Józef, Kacper, "
            "Krzysztof, Łukasz, Maciej, Marcin, Marek, Mateusz, Michał, Paweł, Piotr, Stanisław, Szymon, "
            "Tomasz, Wojciech, Zbigniew"
        ),
        _words(
            "Agnieszka, Aleksandra, Alicja, Anna, Barbara, Dorota, Elżbieta, Ewa, Gabriela, Hanna, Irena, "
            "Joanna, Julia, Katarzyna, Krystyna, Magdalena, Małgorzata, Maria, Monika, Natalia, Oliwia, "
            "Wanda, Zofia, Żaneta"
        ),
        _words(
            "Kowalski/Kowalska, Wiśniewski/Wiśniewska, Wójcik, Kamiński/Kamińska, "
            "Lewandowski/Lewandowska, Woźniak, Zieliński/Zielińska, Szymański/Szymańska, "
            "Dąbrowski/Dąbrowska, Kozłowski/Kozłowska, Mazur, Krawczyk, Jankowski/Jankowska, "
            "Kwiatkowski/Kwiatkowska, Kaczmarek, Piotrowski/Piotrowska, Zając, Król, Wróbel, "
            "Grabowski/Grabowska, Pawłowski/Pawłowska, Wieczorek, Jabłoński/Jabłońska, Stępień, Dudek, "
            "Pawlak, Nowakowski/Nowakowska, Majewski/Majewska, Olszewski/Olszewska, "
            "Malinowski/Malinowska, Sikora, Baran, Jaworski/Jaworska, Górski/Górska, Walczak, "
            "Rutkowski/Rutkowska, Ostrowski/Ostrowska, Pietrzak, Gołąb"
        ),
        _words(
            "Polna, Leśna, Słoneczna, Krótka, Ogrodowa, Lipowa, Brzozowa, Łąkowa, Kwiatowa, Szkolna, "
            "Kościuszki, Mickiewicza, Rynek, Źródlana"
        ),
    ),
    "DE": Words(
        10,
        "de",
        "Praxis {town}",
        _words("Jonas, Lukas, Matthias, Stefan, Uwe, Jürgen, Felix, Thomas"),
        _words("Anja, Birgit, Heike, Katrin, Lena, Petra, Sabine, Ulrike"),
        _words("Becker, Fischer, Hoffmann, Klein, Krüger, Schäfer, Schulz, Vogel, Weiß, Zimmermann"),
        _words("Hauptstraße, Gartenweg, Bahnhofstraße, Lindenallee"),
    ),
    "CZ": Words(
        7,
        "cs",
        "Poliklinika {town}",
        _words("Jiří, Petr, Tomáš, Ondřej, Václav, Zdeněk"),
        _words("Eva, Hana, Jana, Lenka, Markéta, Tereza"),
        _words("Novák/Nováková, Svoboda/Svobodová, Dvořák/Dvořáková, Černý/Černá, Kučera/Kučerová"),
        _words("Nádražní, Školní, Zahradní, Na Příkopě"),
    ),
    "SK": Words(
        5,
        "sk",
        "Poliklinika {town}",
        _words("Ján, Jozef, Marek, Martin, Peter, Rastislav"),
        _words("Katarína, Lucia, Mária, Monika, Zuzana, Ľubica"),
        _words("Horváth/Horváthová, Kováč/Kováčová, Varga/Vargová, Tóth/Tóthová, Baláž/Balážová"),
        _words("Hlavná, Školská, Záhradná, Štúrova"),
    ),
    "LT": Words(
        4,
        "lt",
        "{town} poliklinika",
        _words("Andrius, Jonas, Mindaugas, Tomas, Vytautas, Žygimantas"),
        _words("Aušra, Daiva, Eglė, Jurgita, Rasa, Živilė"),
        _words("Kazlauskas/Kazlauskienė, Petrauskas/Petrauskienė, Butkus/Butkuvienė, Žukauskas/Žukauskienė"),
        _words("Sodų, Mokyklos, Gedimino, Vilniaus"),
    ),
    "FR": Words(
        4,
        "fr",
        "Cabinet médical de {town}",
        _words("Antoine, François, Hugo, Jérôme, Léo, Olivier"),
        _words("Amélie, Camille, Chloé, Élise, Hélène, Manon"),
        _words("Bernard, Dubois, Fournier, Garnier, Lefèvre, Moreau, Petit, Roux"),
        _words("rue de l'Église, rue des Écoles, avenue de la Gare, place du Marché"),
    ),
    "ES": Words(
        3,
        "es",
        "Clínica {town}",
        _words("Álvaro, Carlos, Javier, José, Manuel, Sergio"),
        _words("Begoña, Carmen, Inés, Lucía, María, Pilar"),
        _words("García López, Fernández Ruiz, Martínez Gil, Sánchez Muñoz, Núñez Ortega, Ibáñez Castro"),
        _words("Calle Mayor, Calle de la Iglesia, Avenida de España, Plaza Nueva"),
    ),
    "IT": Words(
        3,
        "it",
        "Poliambulatorio {town}",
        _words("Alessandro, Davide, Giovanni, Luca, Marco, Niccolò"),
        _words("Chiara, Elena, Francesca, Giulia, Laura, Sofia"),
        _words("Bianchi, Colombo, Ferrari, Gallo, Marino, Ricci, Romano, D'Angelo"),
        _words("via Roma, via Garibaldi, corso Italia, piazza San Marco"),
    ),
    "UA": Words(
        2,
        "uk",
        "Klinika {town}",
        _words("Andrii, Bohdan, Dmytro, Oleksandr, Serhii, Taras"),
        _words("Halyna, Iryna, Kateryna, Nataliia, Oksana, Yuliia"),
        _words("Bondarenko, Kovalenko, Kravchenko, Melnyk, Shevchuk, Tkachenko"),
        _words("Sadova, Shkilna, Zelena, Tsentralna"),
    ),
}
