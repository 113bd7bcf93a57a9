"""The closed list of medical specializations, each with its Polish and English name.

Codes are ours; the customer's API speaks them too. A code that is not here sets its row aside, because
a visit must not be offered to somebody of whom we cannot tell what they do.
"""

from enum import StrEnum
from typing import Final, NamedTuple


class Label(NamedTuple):
    pl: str
    en: str


class Specialization(StrEnum):
    ALLERGOLOGY = "allergology"
    ANESTHESIOLOGY = "anesthesiology"
    ANGIOLOGY = "angiology"
    CARDIAC_SURGERY = "cardiac_surgery"
    CARDIOLOGY = "cardiology"
    CHILD_PSYCHIATRY = "child_psychiatry"
    DENTISTRY = "dentistry"
    DERMATOLOGY = "dermatology"
    DIABETOLOGY = "diabetology"
    EMERGENCY_MEDICINE = "emergency_medicine"
    ENDOCRINOLOGY = "endocrinology"
    FAMILY_MEDICINE = "family_medicine"
    FORENSIC_MEDICINE = "forensic_medicine"
    GASTROENTEROLOGY = "gastroenterology"
    GENERAL_SURGERY = "general_surgery"
    GERIATRICS = "geriatrics"
    GYNECOLOGY = "gynecology"
    HEMATOLOGY = "hematology"
    INFECTIOUS_DISEASES = "infectious_diseases"
    INTERNAL_MEDICINE = "internal_medicine"
    MAXILLOFACIAL_SURGERY = "maxillofacial_surgery"
    NEONATOLOGY = "neonatology"
    NEPHROLOGY = "nephrology"
    NEUROLOGY = "neurology"
    NEUROSURGERY = "neurosurgery"
    OCCUPATIONAL_MEDICINE = "occupational_medicine"
    ONCOLOGY = "oncology"
    OPHTHALMOLOGY = "ophthalmology"
    ORTHOPEDICS = "orthopedics"
    OTOLARYNGOLOGY = "otolaryngology"
    PALLIATIVE_MEDICINE = "palliative_medicine"
    PEDIATRIC_NEUROLOGY = "pediatric_neurology"
    PEDIATRIC_SURGERY = "pediatric_surgery"
    PEDIATRICS = "pediatrics"
    PLASTIC_SURGERY = "plastic_surgery"
    PSYCHIATRY = "psychiatry"
    PULMONOLOGY = "pulmonology"
    RADIOLOGY = "radiology"
    REHABILITATION = "rehabilitation"
    RHEUMATOLOGY = "rheumatology"
    SPORTS_MEDICINE = "sports_medicine"
    TRAVEL_MEDICINE = "travel_medicine"
    UROLOGY = "urology"
    VASCULAR_SURGERY = "vascular_surgery"


LABELS: Final[dict[Specialization, Label]] = {
    Specialization.ALLERGOLOGY: Label("alergologia", "allergology"),
    Specialization.ANESTHESIOLOGY: Label("anestezjologia i intensywna terapia", "anesthesiology"),
    Specialization.ANGIOLOGY: Label("angiologia", "angiology"),
    Specialization.CARDIAC_SURGERY: Label("kardiochirurgia", "cardiac surgery"),
    Specialization.CARDIOLOGY: Label("kardiologia", "cardiology"),
    Specialization.CHILD_PSYCHIATRY: Label("psychiatria dzieci i młodzieży", "child psychiatry"),
    Specialization.DENTISTRY: Label("stomatologia", "dentistry"),
    Specialization.DERMATOLOGY: Label("dermatologia i wenerologia", "dermatology"),
    Specialization.DIABETOLOGY: Label("diabetologia", "diabetology"),
    Specialization.EMERGENCY_MEDICINE: Label("medycyna ratunkowa", "emergency medicine"),
    Specialization.ENDOCRINOLOGY: Label("endokrynologia", "endocrinology"),
    Specialization.FAMILY_MEDICINE: Label("medycyna rodzinna", "family medicine"),
    Specialization.FORENSIC_MEDICINE: Label("medycyna sądowa", "forensic medicine"),
    Specialization.GASTROENTEROLOGY: Label("gastroenterologia", "gastroenterology"),
    Specialization.GENERAL_SURGERY: Label("chirurgia ogólna", "general surgery"),
    Specialization.GERIATRICS: Label("geriatria", "geriatrics"),
    Specialization.GYNECOLOGY: Label("ginekologia i położnictwo", "gynecology and obstetrics"),
    Specialization.HEMATOLOGY: Label("hematologia", "hematology"),
    Specialization.INFECTIOUS_DISEASES: Label("choroby zakaźne", "infectious diseases"),
    Specialization.INTERNAL_MEDICINE: Label("choroby wewnętrzne", "internal medicine"),
    Specialization.MAXILLOFACIAL_SURGERY: Label("chirurgia szczękowo-twarzowa", "maxillofacial surgery"),
    Specialization.NEONATOLOGY: Label("neonatologia", "neonatology"),
    Specialization.NEPHROLOGY: Label("nefrologia", "nephrology"),
    Specialization.NEUROLOGY: Label("neurologia", "neurology"),
    Specialization.NEUROSURGERY: Label("neurochirurgia", "neurosurgery"),
    Specialization.OCCUPATIONAL_MEDICINE: Label("medycyna pracy", "occupational medicine"),
    Specialization.ONCOLOGY: Label("onkologia kliniczna", "oncology"),
    Specialization.OPHTHALMOLOGY: Label("okulistyka", "ophthalmology"),
    Specialization.ORTHOPEDICS: Label("ortopedia i traumatologia", "orthopedics and traumatology"),
    Specialization.OTOLARYNGOLOGY: Label("otorynolaryngologia", "otolaryngology"),
    Specialization.PALLIATIVE_MEDICINE: Label("medycyna paliatywna", "palliative medicine"),
    Specialization.PEDIATRIC_NEUROLOGY: Label("neurologia dziecięca", "pediatric neurology"),
    Specialization.PEDIATRIC_SURGERY: Label("chirurgia dziecięca", "pediatric surgery"),
    Specialization.PEDIATRICS: Label("pediatria", "pediatrics"),
    Specialization.PLASTIC_SURGERY: Label("chirurgia plastyczna", "plastic surgery"),
    Specialization.PSYCHIATRY: Label("psychiatria", "psychiatry"),
    Specialization.PULMONOLOGY: Label("choroby płuc", "pulmonology"),
    Specialization.RADIOLOGY: Label("radiologia i diagnostyka obrazowa", "radiology"),
    Specialization.REHABILITATION: Label("rehabilitacja medyczna", "medical rehabilitation"),
    Specialization.RHEUMATOLOGY: Label("reumatologia", "rheumatology"),
    Specialization.SPORTS_MEDICINE: Label("medycyna sportowa", "sports medicine"),
    Specialization.TRAVEL_MEDICINE: Label("medycyna morska i tropikalna", "travel and tropical medicine"),
    Specialization.UROLOGY: Label("urologia", "urology"),
    Specialization.VASCULAR_SURGERY: Label("chirurgia naczyniowa", "vascular surgery"),
}
